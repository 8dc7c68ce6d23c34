import { connectorFor, type ConnectionTarget } from '@plumbline/connectors'
import type { Product } from '../../support/product.ts'
import {
  startSnowflakeEmulator,
  whyNoEmulator,
  type EmulatorUsers,
  type SnowflakeEmulator,
} from '../../support/snowflake/emulator.ts'
import { emulatorOfFile } from '../../support/emulator-of-file.ts'

export const snowflake = await connectorFor('snowflake')
export const password = 'never-to-be-seen-4711'
export const missing = await whyNoEmulator()

/** A small shop, with what both the emulator and Snowflake know. */
export const shopStatements = [
  'create database shop',
  'create schema shop.sales',
  'create schema shop."odd Names"',
  `create table shop.sales.customer (id number primary key, email varchar(200) not null, born date, rating float,
    active boolean, profile variant, tags array)`,
  `create table shop.sales.purchase (id number primary key, customer_id number references shop.sales.customer (id),
    total number(12,2), placed timestamp_ntz, sent timestamp_tz)`,
  'create view shop.sales.customer_mail as select id, email from shop.sales.customer',
  'create table shop."odd Names"."a ""b"" c" ("Mixed Case" varchar, "semi;colon" number(38,0))',
  'create table shop.sales.known (word varchar)',
  `insert into shop.sales.known values ('one'), (null), ('two')`,
]

/** The connection that the shop is reached by. */
export const targetAt = (
  url: string,
  settings: Record<string, unknown> = {},
  credentials: Record<string, string> = { password },
): ConnectionTarget => ({
  settings: snowflake.parseSettings({
    account: 'fakesnow',
    url,
    user: 'plumbline',
    warehouse: 'compute_wh',
    database: 'shop',
    authenticator: 'password',
    ...settings,
  }),
  credentials,
})

/** The shop as a connection of a product, signed in by password. */
export async function connectShop(product: Product, url: string): Promise<{ id: string; rootAssetId: string }> {
  const { settings, credentials } = targetAt(url)
  const { body } = await product.gateway.call('POST', '/connections', {
    name: 'Shop',
    kind: 'snowflake',
    settings,
    credentials,
  })
  return body
}

/** The emulator for the tests of a file, which these users may enter. */
export const withEmulator = (users: EmulatorUsers, statements: readonly string[]): (() => SnowflakeEmulator) =>
  emulatorOfFile(missing, () => startSnowflakeEmulator(users), statements)
