/** The name of the terms of the institution; those of a rule have another. */
export const GENERAL_TERMS = '';
