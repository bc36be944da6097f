import { ApiClient, Link, element, listAddress, useEffect, useNavigate, useRef } from './globals.mjs';
import { useState, useTranslation, valueOf } from './globals.mjs';
import { Field } from './fields.mjs';
import { Heading } from './heading.mjs';
import { Invitation } from './invitation.mjs';
import { useDropNotices, useTell } from './notices.mjs';
import { Removal } from './removal.mjs';

/** @import { FormEvent, ReactNode } from 'react' */
/** @import { RecordJson, ResourceJson, Sent } from '../window.d.mts' */

/**
 * Adds a record, or changes the one that is named.
 * @param {{resource: ResourceJson, recordId?: string}} props
 * @returns {ReactNode}
 */
export function FormPage({ resource, recordId }) {
  const { tm } = useTranslation();
  const [record, setRecord] = useState(
    /** @type {RecordJson | undefined} */ (recordId === undefined ? blank(resource) : undefined),
  );
  const [gone, setGone] = useState(false);
  useEffect(() => {
    if (recordId === undefined) return;
    const request = { resourceId: resource.id, recordId: encodeURIComponent(recordId), actionName: 'edit' };
    void new ApiClient().recordAction(request).then(
      ({ data }) => {
        if (data.record?.id) setRecord(data.record);
        else setGone(true);
      },
      () => {
        setGone(true);
      },
    );
  }, []);
  if (gone) return element('div', { className: 'page' }, element(Heading, { title: tm('noSuchRecord') }));
  return record ? element(Form, { resource, initial: record }) : element('p', { className: 'nothing' }, tm('loading'));
}

/** @param {{resource: ResourceJson, initial: RecordJson}} props @returns {ReactNode} */
function Form({ resource, initial }) {
  const { id } = resource;
  const { ta, tb } = useTranslation();
  const [record, setRecord] = useState(initial);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const drop = useDropNotices();
  const tell = useTell();
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [failures, setFailures] = useState(0);
  useEffect(() => {
    /** @type {HTMLElement | null | undefined} */ (form.current?.querySelector('[aria-invalid=true]'))?.focus();
  }, [failures]);

  const change = (/** @type {string} */ path, /** @type {string | boolean} */ value) => {
    setRecord({ ...record, params: { ...record.params, [path]: value } });
  };
  const save = async () => {
    drop();
    setBusy(true);
    const data = await send(id, record);
    setBusy(false);
    const errors = data.record?.errors ?? {};
    setRecord({ ...record, errors });
    // What is told at a field, which gets the focus, is not told twice.
    const atFields = resource.editProperties.some(({ propertyPath }) => errors[propertyPath]);
    if (atFields) setFailures(failures + 1);
    else if (data.notice) tell(data.notice);
    if (data.redirectUrl) navigate(listAddress(id));
  };
  const removal = initial.recordActions.find(({ name }) => name === 'delete');
  const ask = () => {
    setAsking(true);
  };
  const answered = (/** @type {boolean} */ removed) => {
    setAsking(false);
    if (removed) navigate(listAddress(id));
  };
  return element(
    'div',
    { className: 'page narrow' },
    element('div', { className: 'head' }, element(Heading, { title: ta(initial.id ? 'edit' : 'new', id) })),
    element(
      'form',
      {
        ref: form,
        className: 'card',
        onSubmit: (/** @type {FormEvent} */ event) => {
          event.preventDefault();
          void save();
        },
      },
      resource.editProperties.map((property) =>
        element(Field, { key: property.propertyPath, property, record, onChange: change }),
      ),
      element(
        'div',
        { className: 'answers' },
        element('button', { type: 'submit', disabled: busy }, tb('save')),
        element(Link, { className: 'button quiet', to: listAddress(id) }, tb('cancel')),
        removal && element('button', { type: 'button', className: 'quiet wrong', onClick: ask }, ta('delete', id)),
      ),
    ),
    initial.recordActions.some(({ name }) => name === 'invite') && element(Invitation, { resource, record: initial }),
    asking && element(Removal, { resource, record: initial, guard: removal?.guard, onAnswer: answered }),
  );
}

/**
 * @param {string} resourceId
 * @param {RecordJson} record
 * @returns {Promise<Sent>} what the server says; a notice where it says nothing
 */
async function send(resourceId, record) {
  const data = new FormData();
  for (const field of Object.keys(record.params)) data.append(field, String(valueOf(record, field) ?? ''));
  const client = new ApiClient();
  const sent = record.id
    ? client.recordAction({ resourceId, recordId: encodeURIComponent(record.id), actionName: 'edit', data })
    : client.resourceAction({ resourceId, actionName: 'new', data });
  return sent.then(
    (answer) => answer.data,
    () => ({ notice: { type: 'error', message: 'notDone' } }),
  );
}

/** @param {ResourceJson} resource @returns {RecordJson} what a form for a new one begins with */
function blank({ editProperties }) {
  const given = editProperties.filter(({ custom }) => custom?.initially !== undefined);
  const params = Object.fromEntries(given.map(({ propertyPath: path, custom }) => [path, custom?.initially]));
  return { id: '', title: '', params, errors: {}, populated: {}, recordActions: [] };
}
