import { EntitySchema, type EntitySchemaOptions } from 'typeorm';

/** TypeORM declares the options as a class, though they are meant to be written as a literal. */
type Description<Row> = { [Key in keyof EntitySchemaOptions<Row>]: EntitySchemaOptions<Row>[Key] };

/** Describes a table by the type of its rows. Every constraint and index has a name: the migrations give it the same. */
export function table<Row>(description: Description<Row>): EntitySchema<Row> {
  return new EntitySchema<Row>(description);
}
