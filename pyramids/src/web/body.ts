import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { Refusal } from './refusal.ts';

/** Bytes. */
const LARGEST = 8 * 1024 * 1024;

/**
 * Reads the JSON of a request.
 * @throws Refusal if it is too large, no JSON, or not what is asked for
 */
export async function bodyOf<T>(request: IncomingMessage, kind: z.ZodType<T>): Promise<T> {
  const parsed = kind.safeParse(jsonOf(await textOf(request)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refusal(400, `The body is not what is asked for: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > LARGEST) throw new Refusal(413, 'The body is larger than 8 MB.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'The body is not JSON.');
  }
}
