const FORM = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * A moment as people write it: `2027-07-01` (the beginning of that day), `2027-07-01 18:00`, both in the time zone of the
 * server (`TZ`), or with one of its own: `2027-07-01T18:00+02:00`.
 * @returns milliseconds since 1970; `undefined` where it is none, or a day that is not in the calendar
 */
export function readMoment(text: string): number | undefined {
  const parts: readonly (string | undefined)[] | null = FORM.exec(text);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  const clock = [year ?? 0, (month ?? 0) - 1, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0] as const;
  const asWritten = new Date(Date.UTC(...clock));
  // What the calendar does not have, Date would move to the next month.
  const isReal = clock.every((part, index) => part === PARTS[index]?.(asWritten));
  if (!isReal) return undefined;
  const zone = parts[7];
  const moment = zone === undefined ? new Date(...clock).getTime() : asWritten.getTime() - minutesOf(zone) * 60_000;
  return Number.isNaN(moment) ? undefined : moment;
}

const PARTS: readonly ((date: Date) => number)[] = [
  (date) => date.getUTCFullYear(),
  (date) => date.getUTCMonth(),
  (date) => date.getUTCDate(),
  (date) => date.getUTCHours(),
  (date) => date.getUTCMinutes(),
  (date) => date.getUTCSeconds(),
];

function minutesOf(zone: string): number {
  if (zone === 'Z') return 0;
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** A moment in the time zone of the server, with its offset, as `readMoment` reads it. */
export function writeMoment(moment: number): string {
  const date = new Date(moment);
  const offset = -date.getTimezoneOffset();
  const two = (number: number): string => String(Math.abs(number)).padStart(2, '0');
  const local = new Date(moment + offset * 60_000).toISOString().slice(0, 16);
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.trunc(offset / 60))}:${two(offset % 60)}`;
}

/** The same in a time zone (`Europe/Berlin`); `undefined` where there is no such zone. */
export function momentIn(zone: string, moment: number): string | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...FIELDS, timeZoneName: 'longOffset' });
    const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
    const offset = (part['timeZoneName'] ?? '').replace('GMT', '') || '+00:00';
    return `${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}${offset}`;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const FIELDS = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;
