import express, { type RequestHandler } from 'express';
import { z } from 'zod';
import { onlyFromHere } from '../../sameSite.ts';

const LIMIT = '16kb';

/** A field that is missing or comes twice is empty. */
export const Field = z.string().catch('');

/** What a new password is typed into, twice. */
export const NewPassword = z.object({ password: Field, again: Field });

/** Steps that read a form of ours, of text fields. */
export function formSteps(publicUrl: string): RequestHandler[] {
  return [onlyFromHere(publicUrl), express.urlencoded({ extended: false, limit: LIMIT, parameterLimit: 20 })];
}

/** What is wrong with a new password before it is looked at; `undefined` where nothing is. */
export function mistyped({ password, again }: z.infer<typeof NewPassword>): string | undefined {
  if (password === '') return 'Type the new password twice.';
  return password === again ? undefined : 'The two passwords are not the same.';
}
