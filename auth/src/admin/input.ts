import type { BaseResource } from 'adminjs';

const LISTING = new Set(['page', 'perPage', 'sortBy', 'direction']);
const FILTER = /^filters\.([a-zA-Z]+)(?:~~(?:from|to))?$/;

type Texts = Record<string, string>;

/** The texts of a query that ask a list for something; a name given twice counts for nothing. */
export function knownQuery(resource: BaseResource | undefined, query: object): Texts {
  return texts(query, (name) => {
    const field = FILTER.exec(name)?.[1];
    return LISTING.has(name) || (field !== undefined && hasField(resource, field));
  });
}

/** The fields of a form that the resource has: AdminJS looks any other up as a property of an object, `constructor` too. */
export function knownFields(resource: BaseResource | undefined, form: object): Texts {
  return texts(form, (name) => hasField(resource, name));
}

function hasField(resource: BaseResource | undefined, name: string): boolean {
  return resource?.property(name) != null;
}

function texts(input: object, wanted: (name: string) => boolean): Texts {
  const found: Texts = {};
  for (const [name, value] of Object.entries(input)) {
    if (typeof value === 'string' && wanted(name)) found[name] = value;
  }
  return found;
}
