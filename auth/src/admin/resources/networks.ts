import type { ActionContext, ResourceWithOptions } from 'adminjs';
import { z } from 'zod';
import { placesThatName } from '../../permissions/namedNetworks.ts';
import type { StoredRules } from '../../permissions/storedRules.ts';
import { refusal, type AuditedChange } from '../changes.ts';
import { inMemory } from './inMemory.ts';
import { readForm } from './readForm.ts';
import { switchedOff } from './switchedOff.ts';
import { TableResource, type Table } from './tableResource.ts';

const text = z.string().default('');
const Form = z.object({ name: text, addresses: text, seen: text });

export type NetworksOfPanel = {
  readonly stored: StoredRules;
  /** Waits until what was changed is in force. */
  readonly changed: () => Promise<void>;
};

/** Networks that have a name, for all rules of the panel: an address that moves is changed once. */
export function networksResource(rules: NetworksOfPanel, record: AuditedChange): ResourceWithOptions {
  return {
    resource: new TableResource(networksTable(rules, record)),
    options: {
      titleProperty: 'name',
      navigation: { icon: 'Globe' },
      sort: { sortBy: 'name', direction: 'asc' },
      actions: { ...switchedOff.everywhere, show: switchedOff.off, delete: { guard: 'confirmDelete' } },
      listProperties: ['name', 'addresses', 'places'],
      editProperties: ['name', 'addresses'],
      filterProperties: ['name', 'addresses', 'places'],
      properties: {
        name: { isRequired: true, description: 'nameHint', custom: { fixed: true } },
        addresses: { isRequired: true, description: 'addressesHint', props: { rows: 4 } },
      },
    },
  };
}

function networksTable({ stored, changed }: NetworksOfPanel, record: AuditedChange): Table {
  const rows = async () => {
    const document = await stored.document();
    return Object.entries(document.networks).map(([name, seen]) => {
      const addresses = [JSON.parse(seen) as unknown].flat().join(', ');
      return { name, addresses, places: placesThatName(document, name).join(', '), seen };
    });
  };
  const write = async (
    name: string,
    addresses: readonly string[] | undefined,
    seen: string,
    context: ActionContext,
  ) => {
    const target = addresses === undefined ? name : `${name}: ${addresses.join(', ')}`;
    const after = addresses && JSON.stringify(addresses);
    const action = addresses === undefined ? ('network.remove' as const) : ('network.change' as const);
    await record({ actions: [action], target }, context, () =>
      stored.setNetwork(name, after, seen === '' ? undefined : seen),
    );
    await changed();
  };
  return {
    name: 'networks',
    fields: [
      { name: 'name' },
      { name: 'addresses', type: 'textarea' },
      { name: 'places', type: 'textarea' },
      // What it was when the form was opened: it comes back with it.
      { name: 'seen' },
    ],
    ...inMemory('name', rows),

    async add(input, context) {
      const { name: typed, addresses } = readForm(Form, input);
      const name = typed.trim();
      if (name === '') throw refusal('name', 'Give it a name.');
      const there = (await rows()).some((row) => row.name === name);
      if (there) throw refusal('name', 'There is a network of this name already.');
      await write(name, listIn(addresses), '', context);
      return { name, addresses };
    },

    async change(name, input, context) {
      const before = (await rows()).find((row) => row.name === name);
      if (!before) throw refusal('name', 'There is no such network any more.');
      const { name: typed, addresses, seen } = readForm(Form, { ...before, ...input });
      if (typed !== name) throw refusal('name', 'A network keeps its name. Add a new one and remove this one.');
      await write(name, listIn(addresses), seen, context);
      return { ...before, addresses };
    },

    async remove(name, context) {
      const before = (await rows()).find((row) => row.name === name);
      if (!before) throw refusal('name', 'There is no such network any more.');
      await write(name, undefined, before.seen, context);
    },
  };
}

/** @throws ValidationError where there is none */
function listIn(typed: string): readonly string[] {
  const addresses = typed.split(/[\s,;]+/).filter((address) => address !== '');
  if (addresses.length === 0) throw refusal('addresses', 'Write at least one IP address or network.');
  return addresses;
}
