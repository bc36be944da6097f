import { Client } from '../compose/client.mjs';

/**
 * @param {{url: string}} vitrine
 * @param {{email: string, password: string}} person
 * @returns {Promise<Client>} a client with the cookies of a login; throws if the login is refused
 */
export async function loggedIn({ url }, { email, password }) {
  const client = new Client(url);
  const { status, text } = await client.logIn(email, password);
  if (status !== 200) throw new Error(`login of ${email}: ${status} ${text}`);
  return client;
}
