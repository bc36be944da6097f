// A small dot font of our own: five dots wide, seven high, a row per character
// pair (the five dots as a number in base 32).
// prettier-ignore
/** @type {Record<string, string | undefined>} */
const rows = {
  A: 'EHHVHHH', B: 'UHHUHHU', C: 'EHGGGHE', D: 'UHHHHHU', E: 'VGGUGGV', F: 'VGGUGGG', G: 'EHGNHHF',
  H: 'HHHVHHH', I: 'E44444E', J: '72222IC', K: 'HIKOKIH', L: 'GGGGGGV', M: 'HRLLHHH', N: 'HPPLJJH',
  O: 'EHHHHHE', P: 'UHHUGGG', Q: 'EHHHLID', R: 'UHHUKIH', S: 'FGGE11U', T: 'V444444', U: 'HHHHHHE',
  V: 'HHHHHA4', W: 'HHHLLRH', X: 'HHA4AHH', Y: 'HHA4444', Z: 'V1248GV', 0: 'EHJLPHE', 1: '4C4444E',
  2: 'EH1248V', 3: 'V2421HE', 4: '26AIV22', 5: 'VGU11HE', 6: '68GUHHE', 7: 'V124888', 8: 'EHHEHHE',
  9: 'EHHF12C', '.': '00000CC', '-': '000E000', "'": 'CC48000',
};

/**
 * The dots of a line of text, the middle of the line at column 0.
 * @param {string} words
 */
export function text(words) {
  /** @type {[column: number, row: number][]} */
  const dots = [];
  const start = -(words.length * 6 - 1) / 2;
  Array.from(words).forEach((letter, index) => {
    Array.from(rows[letter] ?? '').forEach((row, down) => {
      const bits = parseInt(row, 32);
      for (let across = 0; across < 5; across += 1) {
        if (bits & (16 >> across)) dots.push([start + index * 6 + across, down]);
      }
    });
  });
  return dots;
}
