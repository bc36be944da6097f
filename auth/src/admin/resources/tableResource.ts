import { BaseProperty, BaseRecord, BaseResource, type ActionContext, type Filter, type ParamsType } from 'adminjs';
import type { Page, Wanted } from '../../shared/list.ts';
import { type Row, withinReason } from '../filterAndPage.ts';

type Field = {
  readonly name: string;
  readonly type?: 'string' | 'boolean' | 'datetime' | 'password' | 'textarea' | 'number';
  /** `false` where the list cannot be sorted by it. */
  readonly sortable?: boolean;
};

export type FormInput = Readonly<Record<string, unknown>>;

/** What a resource shows, and how it is changed; a change that it has no function for is switched off in its options. */
export type Table = {
  readonly name: string;
  /** The first one names a row, in addresses too. */
  readonly fields: readonly [Field, ...Field[]];
  list(page: Page, wanted: readonly Wanted[]): Promise<readonly Row[]>;
  count(wanted: readonly Wanted[]): Promise<number>;
  find?(id: string): Promise<Row | undefined>;
  add?(input: FormInput, context: ActionContext): Promise<Row>;
  change?(id: string, input: FormInput, context: ActionContext): Promise<Row>;
  remove?(id: string, context: ActionContext): Promise<void>;
};

/**
 * AdminJS's adapter over our services, in place of @adminjs/typeorm: that one writes to the tables past the rules of
 * `identity/`, and reports as saved what was refused.
 */
export class TableResource extends BaseResource {
  readonly #table: Table;
  readonly #properties: Map<string, BaseProperty>;

  constructor(table: Table) {
    super(table);
    this.#table = table;
    this.#properties = new Map(table.fields.map((field, index) => [field.name, property(field, index)]));
  }

  override id(): string {
    return this.#table.name;
  }

  override databaseName(): string {
    return 'vitrine';
  }

  override properties(): BaseProperty[] {
    return [...this.#properties.values()];
  }

  override property(path: string): BaseProperty | null {
    return this.#properties.get(path) ?? null;
  }

  override async find(filter: Filter, options: FindOptions): Promise<BaseRecord[]> {
    const { direction, sortBy } = options.sort ?? {};
    const page = { descending: direction === 'desc', ...withinReason(options.limit, options.offset) };
    const known = sortBy !== undefined && this.#properties.get(sortBy)?.isSortable() === true;
    const rows = await this.#table.list(known ? { ...page, sortBy } : page, wantedBy(filter));
    return rows.map((row) => this.build(row));
  }

  override count(filter: Filter): Promise<number> {
    return this.#table.count(wantedBy(filter));
  }

  override async findOne(id: string): Promise<BaseRecord | null> {
    const row = await this.#table.find?.(id);
    return row ? this.build(row) : null;
  }

  override build(params: ParamsType): BaseRecord {
    return new PublicRecord(params, this);
  }

  override create(params: FormInput, context: ActionContext): Promise<ParamsType> {
    if (!this.#table.add) throw new Error(`Nothing is added to ${this.#table.name}.`);
    return this.#table.add(params, context);
  }

  override update(id: string, params: FormInput, context: ActionContext): Promise<ParamsType> {
    if (!this.#table.change) throw new Error(`Nothing is changed in ${this.#table.name}.`);
    return this.#table.change(id, params, context);
  }

  override delete(id: string, context: ActionContext): Promise<void> {
    if (!this.#table.remove) throw new Error(`Nothing is removed from ${this.#table.name}.`);
    return this.#table.remove(id, context);
  }
}

type FindOptions = { limit?: number; offset?: number; sort?: { sortBy?: string; direction?: 'asc' | 'desc' } };

/** Every record that AdminJS answers with goes out here: a password that was typed does not come back. */
class PublicRecord extends BaseRecord {
  readonly #id: string | undefined;

  constructor(params: ParamsType, resource: BaseResource) {
    super(params, resource);
    const id: unknown = super.id();
    this.#id = typeof id === 'string' ? id : undefined;
  }

  /** The one it was found by. AdminJS's own is that of the form that was posted: somebody else's, for the asking. */
  override id(): string {
    return this.#id ?? super.id();
  }

  override toJSON(...args: Parameters<BaseRecord['toJSON']>): ReturnType<BaseRecord['toJSON']> {
    const json = super.toJSON(...args);
    const shown = this.resource
      .properties()
      .filter((known) => known.type() !== 'password')
      .map((known) => known.name());
    const params = Object.fromEntries(Object.entries(json.params).filter(([name]) => shown.includes(name)));
    return { ...json, params };
  }
}

function property({ name, type = 'string', sortable = true }: Field, position: number): BaseProperty {
  return new BaseProperty({ path: name, type, isId: position === 0, isSortable: sortable, position });
}

/** A filter that is left empty in the form does not count; one that makes no sense is true of nothing. */
function wantedBy(filter: Filter): Wanted[] {
  return Object.entries(filter.filters)
    .filter(([, { value }]) => value !== '')
    .map(([field, { value }]: [string, { value: unknown }]) => {
      if (typeof value === 'string') return { field, text: value };
      const { from, to } = (value ?? {}) as { from?: unknown; to?: unknown };
      if (from === undefined && to === undefined) return { field, from: new Date(NaN), to: undefined };
      return { field, from: timeOf(from), to: timeOf(to) };
    });
}

function timeOf(value: unknown): Date | undefined {
  return value === undefined ? undefined : new Date(typeof value === 'string' ? value : NaN);
}
