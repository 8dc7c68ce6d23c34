import { v7, validate } from 'uuid'

/** A new id; the time is its first part, so that rows made together lie together in the index. */
export const newId = (): string => v7()

/** Ids are opaque to clients: one that is not ours by its form is simply not found, never an error of the database. */
export const isUuid = (id: string): boolean => validate(id)
