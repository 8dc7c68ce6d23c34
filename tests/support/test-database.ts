import { inject } from 'vitest'
import { createDatabaseOn, createRecordOn } from './databases.ts'

/** A new empty database on the project's Postgres, for one test file. @returns its URL, superuser */
export const createDatabase = (): Promise<string> => createDatabaseOn(inject('postgresUrl'))

/** A new, migrated record on the project's Postgres, for one test file. @returns its URL, superuser */
export const createRecord = (): Promise<string> => createRecordOn(inject('postgresUrl'))
