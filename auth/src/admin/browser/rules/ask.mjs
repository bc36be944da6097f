import { ApiClient } from '../globals.mjs';

/** @import { Change } from './former.mjs' */
/** @import { PreviewImage } from './preview.mjs' */
/** @import { Weighed } from './weighing.mjs' */
/** @import { PlaceRules } from './written.mjs' */

/**
 * @typedef {Record<'folders' | 'images' | 'own' | 'within' | 'missing', string[]> & {more: number, here: boolean}} Folder
 * @typedef {object} Answer what the server says; `refused` and the name of a text where it does not answer
 * @property {{field: string, message: string}} [refused]
 * @property {Folder} [folder]
 * @property {PlaceRules} [at]
 * @property {string[]} [roles]
 * @property {string[]} [networks]
 * @property {Weighed} [weighed]
 * @property {Change} [former]
 * @property {PreviewImage[]} [images]
 * @property {unknown} [value]
 * @property {string} [text]
 */

/**
 * @param {'folder' | 'look' | 'read' | 'former' | 'preview' | 'weigh' | 'keep'} action
 * @param {Record<string, string>} fields
 * @returns {Promise<Answer>} never rejects
 */
export function ask(action, fields) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  const request = { resourceId: 'rules', actionName: action, method: 'post', data };
  return new ApiClient().resourceAction(request).then(
    (answer) => /** @type {Answer} */ (/** @type {unknown} */ (answer.data)),
    () => ({ refused: { field: '', message: 'notDone' } }),
  );
}
