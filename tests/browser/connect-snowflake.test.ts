import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { shopStatements, password, withEmulator } from '../integration/snowflake/shop.ts'
import { setStage } from './signed-in-page.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const emulator = withEmulator({ OWNER: { password }, PLUMBLINE: { publicKey } }, shopStatements)

test('Snowflake is added by its own form, tested, discovered and seen (on the emulator)', async () => {
  const { url } = emulator()
  const stage = await setStage()
  try {
    const page = await stage.open('/connections')
    await page.getByRole('button', { name: 'Add connection' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a connection' })
    await dialog.getByRole('combobox', { name: 'Kind' }).click()
    await page.getByRole('option', { name: 'Snowflake' }).click()

    // An address that people have at hand becomes an account.
    const account = dialog.getByLabel('Account')
    await account.fill('https://myorg-shop.snowflakecomputing.com/console')
    await expect.poll(() => account.inputValue()).toBe('myorg-shop')
    await dialog.getByLabel('User').fill('plumbline')
    await dialog.getByLabel('Warehouse').fill('compute_wh')
    await dialog.getByLabel('Database').fill('shop')

    // Only what belongs to the way of signing in is asked for, and its lack is said at the field.
    expect(await dialog.getByLabel('Password', { exact: true }).count()).toBe(0)
    await dialog.getByRole('button', { name: 'Limits and address…' }).click()
    await dialog.getByLabel('Address', { exact: true }).fill(url)
    await dialog.getByRole('button', { name: 'Add and test' }).click()
    await dialog.getByText('is needed to sign in with key-pair').waitFor()
    await dialog.getByLabel('Private key').fill(privateKey)

    // The SQL of the role is for what is typed.
    await dialog.getByRole('button', { name: 'SQL of a role' }).click()
    await dialog.getByText('grant usage on database SHOP to role PLUMBLINE;').waitFor()
    await dialog.getByRole('button', { name: 'Add and test' }).click()

    const card = page.getByRole('region', { name: 'shop on myorg-shop' })
    await card.getByRole('status', { name: 'The connection works' }).waitFor()
    await card.getByText('Signed in as plumbline with key-pair.').waitFor()
    await card.getByText('GRANT DATABASE ROLE SNOWFLAKE.GOVERNANCE_VIEWER').waitFor()

    await card.getByRole('button', { name: 'Discover', exact: true }).click()
    const jobs = () => stage.product.jobs('type=schema_discovery')
    await expect.poll(async () => (await jobs())[0]?.status).toBe('completed')
    const { body } = await stage.product.gateway.call('GET', '/assets?limit=50')
    expect(body.items.map(({ qualifiedName }: { qualifiedName: string }) => qualifiedName)).toEqual(
      expect.arrayContaining(['SHOP', 'SHOP.SALES.CUSTOMER', 'SHOP.SALES.CUSTOMER_MAIL']),
    )
    const table = body.items.find(
      ({ qualifiedName }: { qualifiedName: string }) => qualifiedName === 'SHOP.SALES.PURCHASE',
    )
    const shown = await stage.open(`/assets/${table.id}`)
    await shown.getByText('NUMBER(12,2)').waitFor()
    await shown.getByText('TIMESTAMP_TZ(9)').waitFor()
  } finally {
    await stage.close()
  }
})
