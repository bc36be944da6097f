// AdminJS's bundles are plain scripts: what they bring stands on the window.
export const { createElement: element, Fragment, useEffect, useId, useRef, useState } = window.React;
export const { useSelector, useStore } = window.ReactRedux;
export const { Link, Route, Routes, useLocation, useNavigate, useParams } = window.ReactRouterDOM;
export const { ApiClient, useQueryParams, useRecords, useTranslation } = window.AdminJS;
export const { FeatherIcons } = window;
const { branding, paths } = window.REDUX_STATE;
export const institution = branding.companyName;
export { paths };

/** @import { ReactNode } from 'react' */
/** @import { RecordJson } from '../window.d.mts' */

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
 * A drawing beside words that say the same.
 * @param {{name: string}} props a name of Feather's
 * @returns {ReactNode}
 */
export function Icon({ name }) {
  const Drawing = FeatherIcons[name];
  return Drawing ? element(Drawing, { size: 18, 'aria-hidden': true, focusable: false }) : null;
}
