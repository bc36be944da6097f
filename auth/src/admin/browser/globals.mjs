// AdminJS's bundles are plain scripts: what they bring stands on the window.
export const { createElement: element, Fragment, useEffect, useId, useMemo, useRef, useState } = window.React;
export const { useSelector, useStore } = window.ReactRedux;
export const { Link, Route, Routes, useLocation, useNavigate, useParams } = window.ReactRouterDOM;
export const { ApiClient, useQueryParams, useRecords, useTranslation } = window.AdminJS;
export const { FeatherIcons } = window;
const { branding, locale, paths } = window.REDUX_STATE;
export const institution = branding.companyName;
export { paths };

/** The first one that the browser asks for and the panel has. */
export const language =
  navigator.languages.map((tag) => tag.slice(0, 2)).find((one) => locale.availableLanguages.includes(one)) ?? 'en';

/** @import { ReactNode } from 'react' */
/** @import { RecordJson, Translate } from '../window.d.mts' */

/** @param {string} resourceId @returns {string} the address of its list */
export function listAddress(resourceId) {
  return `${paths.rootPath}/resources/${resourceId}`;
}

/** @param {string} resourceId @param {RecordJson} record @returns {string} the address of its form */
export function formAddress(resourceId, record) {
  return `${listAddress(resourceId)}/records/${encodeURIComponent(record.id)}/edit`;
}

/**
 * @param {RecordJson} record
 * @param {string} field
 * @returns {string | number | boolean | undefined} what it holds. AdminJS makes an empty object of a time that there is not
 */
export function valueOf({ params }, field) {
  const value = params[field];
  return typeof value === 'object' || value === '' ? undefined : value;
}

/**
 * What the server says: a key of the texts, or an English sentence, which may be among them without its dots.
 * @param {Translate} tm
 * @param {string} message
 * @param {string} [resource]
 * @param {object} [options]
 * @returns {string} the sentence itself where there is no other
 */
export function inWords(tm, message, resource, options) {
  return tm(message.replaceAll('.', ''), resource, { defaultValue: message, ...options });
}

/**
 * A drawing beside words that say the same.
 * @param {{name: string}} props a name of Feather's
 * @returns {ReactNode}
 */
export function Icon({ name }) {
  const Drawing = FeatherIcons[name];
  return Drawing ? element(Drawing, { size: 18, 'aria-hidden': true, focusable: false }) : null;
}
