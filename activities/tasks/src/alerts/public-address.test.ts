import { expect, test } from 'vitest'
import { isPublicAddress, publicLookup, refusePrivateHost } from './public-address.ts'

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fe80::1',
  'fd00::1',
  '::ffff:127.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  'no address',
])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['8.8.8.8', '93.184.215.14', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test('a private address is refused however it is written, and said how to allow it', () => {
  for (const url of ['http://127.0.0.1/', 'http://2130706433/', 'http://0x7f.1/', 'http://[::1]:8080/']) {
    expect(() => refusePrivateHost(new URL(url).hostname, 'PRIVATE')).toThrow('only with PRIVATE=allow')
  }
  expect(() => refusePrivateHost('8.8.8.8', 'PRIVATE')).not.toThrow()
})

test('a name is judged by the addresses that it leads to at the moment of the connection', async () => {
  const failure = await new Promise((resolve) => publicLookup('PRIVATE')('localhost', { all: true }, resolve))
  expect(failure).toMatchObject({ code: 'notice-refused' })
})
