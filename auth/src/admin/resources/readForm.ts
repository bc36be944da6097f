import type { z } from 'zod';
import { refusal } from '../changes.ts';
import type { FormInput } from './tableResource.ts';

/** What was typed, by the form's schema. @throws ValidationError at the first field that is of another kind. */
export function readForm<S extends z.ZodType>(schema: S, input: FormInput): z.infer<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw refusal(String(result.error.issues[0]?.path[0] ?? ''), 'This cannot be read.');
}
