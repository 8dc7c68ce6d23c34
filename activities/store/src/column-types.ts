import type { ColumnType } from 'kysely'

export type CreatedAt = ColumnType<Date, Date | undefined, never>
export type UpdatedAt = ColumnType<Date, Date | undefined, Date>
/** A json column whose value is given as text when it is written. */
export type Json<T extends object> = ColumnType<T, string, string>
export type NullableJson<T extends object> = ColumnType<T | null, string | null | undefined, string | null>
