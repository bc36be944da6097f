/** @import { Row } from './main.mjs' */

/** @param {Row} row */
export function isMet({ value, atLeast = -Infinity, atMost = Infinity }) {
  return value >= atLeast && value <= atMost;
}

/**
 * A table that is read as text and as Markdown.
 * @param {readonly Row[]} rows
 */
export function tableOf(rows) {
  const head = ['what', 'result', 'goal', 'reached', 'a second', 'µs of a core', '÷ by rate', 'remark'];
  const lines = [head, ...rows.map(cells)];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const [first, ...rest] = lines.map((line) => text(line.map((cell, column) => cell.padEnd(widths[column]))));
  return [first, text(widths.map((width) => '-'.repeat(width))), ...rest].join('\n');
}

/** @param {readonly string[]} line */
const text = (line) => `| ${line.join(' | ')} |`;

/** @param {Row} row */
function cells(row) {
  const { what, value, unit, atLeast, atMost, rate, cost, ofRates, remark = '' } = row;
  const number =
    unit === undefined ? value.toFixed(2) : `${unit === 's' ? value.toFixed(1) : Math.round(value)} ${unit}`;
  const goal = atLeast === undefined ? (atMost === undefined ? '' : `≤ ${atMost}`) : `≥ ${atLeast}`;
  return [
    what,
    number,
    unit && goal !== '' ? `${goal} ${unit}` : goal,
    goal === '' ? '' : isMet(row) ? 'yes' : 'MISSED',
    rate === undefined ? '' : String(Math.round(rate)),
    cost === undefined ? '' : cost.toFixed(0),
    ofRates === undefined ? '' : ofRates.toFixed(2),
    remark,
  ];
}
