import type { Terminal } from './command.ts';

/** Writes a list: as JSON for programs, else as a table for people. */
export function printList<T>(
  { stdout }: Terminal,
  items: readonly T[],
  {
    json = false,
    headings,
    row,
  }: { json?: boolean | undefined; headings: readonly string[]; row: (item: T) => readonly string[] },
): void {
  stdout.write(json ? `${JSON.stringify(items, null, 2)}\n` : table(headings, items.map(row)));
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows].map((line) => line.map(harmless));
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const written = lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return `${written.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** A browser may call itself anything; nothing of it may move the cursor. */
function harmless(cell: string): string {
  return cell.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\uFFFD');
}

/** In UTC, to the second: `2026-01-02 03:04:05Z`. */
export function time(at: Date | undefined): string {
  return at === undefined ? 'never' : `${at.toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

export function say({ stderr }: Terminal, sentence: string): void {
  stderr.write(`${sentence}\n`);
}
