/** Pixels. */
export type Dimensions = { readonly width: number; readonly height: number };
