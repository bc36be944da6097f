/** Some seconds of tries, in each run of the tests; `node test/fuzz.ts --minutes N` does more. */
export const briefly = { interruptAfterTimeLimit: 4000, numRuns: Number.MAX_SAFE_INTEGER };
