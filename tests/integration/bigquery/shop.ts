import { generateKeyPairSync } from 'node:crypto'
import { connectorFor, type ConnectionTarget } from '@plumbline/connectors'
import {
  project,
  startBigQueryEmulator,
  whyNoEmulator,
  type BigQueryEmulator,
} from '../../support/bigquery/emulator.ts'
import { emulatorOfFile } from '../../support/emulator-of-file.ts'
import type { Product } from '../../support/product.ts'

export const bigquery = await connectorFor('bigquery')
export const missing = await whyNoEmulator()
export { project }

/** A key of a service account as Google Cloud gives one out, for a project that nobody has. */
export function newAccount(email: string) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const key = { type: 'service_account', project_id: project, private_key_id: 'one', client_email: email }
  return { email, publicKey, key: JSON.stringify({ ...key, private_key: privateKey }) }
}

export const account = newAccount(`plumbline@${project}.iam.gserviceaccount.com`)
export const stranger = newAccount(`stranger@${project}.iam.gserviceaccount.com`)

/** A small shop, with what both the emulator and BigQuery know. */
export const shopStatements = [
  'create schema odd_Names',
  `create table sales.customer (id int64 not null, email string(200) not null options (description = 'Where letters go'),
    born date, rating float64, active bool, tags array<string>,
    address struct<city string, place struct<lat float64, lon float64>>,
    visits array<struct<page string, seconds int64>>, profile json, primary key (id) not enforced)
    options (description = 'People who buy')`,
  `create table sales.purchase (id int64, customer_id int64, total numeric(12, 2) default 0, placed datetime, sent timestamp,
    foreign key (customer_id) references sales.customer (id) not enforced) partition by date(sent) cluster by customer_id`,
  'create view sales.customer_mail as select id, email from sales.customer',
  `create materialized view sales.per_customer as
    select customer_id, count(*) as purchases from sales.purchase group by customer_id`,
  'create table odd_Names.`Select Größe-1` (`Mixed Case` string, `order` int64)',
  'create table sales.known (word string)',
  `insert into sales.known (word) values ('one'), (null), ('two')`,
  ...['20240101', '20240102', '20240103'].map((day) => `create table sales.events_${day} (page string, at timestamp)`),
]

/** A view that nobody lives to see the rows of. */
export const slowStatements = [
  'create table sales.many as select n from unnest(generate_array(1, 100000)) as n',
  `create view sales.slow as select cast(count(*) as string) as word
    from sales.many as a, sales.many as b, sales.many as c where a.n + b.n + c.n = 7`,
]

/** The connection that the shop is reached by. */
export const targetAt = (
  url: string,
  settings: Record<string, unknown> = {},
  credentials: Record<string, string> = { serviceAccountKey: account.key },
): ConnectionTarget => ({ settings: bigquery.parseSettings({ project, url, ...settings }), credentials })

/** The shop as a connection of a product. */
export async function connectShop(product: Product, url: string): Promise<{ id: string; rootAssetId: string }> {
  const { settings, credentials } = targetAt(url)
  const { body } = await product.gateway.call('POST', '/connections', {
    name: 'BigQuery shop',
    kind: 'bigquery',
    settings,
    credentials,
  })
  return body
}

/** The emulator for the tests of a file, which those with a key may enter. */
export const withEmulator = (
  statements: readonly string[],
  accounts: readonly { email: string; publicKey: string }[] = [account],
): (() => BigQueryEmulator) =>
  emulatorOfFile(
    missing,
    () => startBigQueryEmulator(Object.fromEntries(accounts.map((one) => [one.email, one.publicKey]))),
    statements,
  )
