import { Client } from '../../test-support/client.mjs';

/** @typedef {{email: string, password: string}} Person who has an account */

/**
 * @param {{url: string}} vitrine
 * @param {Person} person
 * @returns {Promise<Client>} a client with the cookies of a login; throws if the login is refused
 */
export async function loggedIn({ url }, { email, password }) {
  const client = new Client(url);
  const { status, text } = await client.logIn(email, password);
  if (status !== 200) throw new Error(`login of ${email}: ${status} ${text}`);
  return client;
}

/**
 * @param {{url: string}} vitrine
 * @param {Person} person
 * @returns {Promise<string>} the cookies of a login, as a `Cookie` header; throws if the login is refused
 */
export async function cookieOfLogin({ url }, { email, password }) {
  const { status, headers, text } = await new Client(url).logIn(email, password);
  if (status !== 200) throw new Error(`login of ${email}: ${status} ${text}`);
  return (headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
}
