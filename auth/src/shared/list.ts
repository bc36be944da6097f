/** What has to be true of a row of a list: that a field holds a text, in whatever case, or that it is between two times. */
export type Wanted = { readonly field: string } & (
  { readonly text: string } | { readonly from: Date | undefined; readonly to: Date | undefined }
);

/** A part of a list. `sortBy`: a field; where it is left out, or none of the list's, the list has an order of its own. */
export type Page = {
  readonly sortBy?: string;
  readonly descending: boolean;
  readonly limit: number;
  readonly offset: number;
};

/** A list that is read in parts, because it may be long. Fields that it does not know hold nothing. */
export interface Pages<T> {
  page(page: Page, wanted: readonly Wanted[]): Promise<T[]>;
  count(wanted: readonly Wanted[]): Promise<number>;
}
