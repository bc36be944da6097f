/** Says what time it is. Whatever compares or stores a time is handed one, so that tests set it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
