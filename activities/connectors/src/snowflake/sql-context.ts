import { quoteName } from './quote.ts'

/** A statement as it reads wherever it is run: behind the `USE` that completes its names. */
export const inContext = ({ database, schema }: { database: string; schema: string | null }, text: string): string =>
  `use ${schema === null ? `database ${quoteName(database)}` : `schema ${quoteName(database, schema)}`};\n${text}`
