import { lookup, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { NoticeError } from './notice-error.ts'

/** Of the internet: not loopback, private, link-local, of a cloud's metadata, multicast, nor any of them written as IPv6. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}

const refusal = (host: string, allowedBy: string): NoticeError =>
  new NoticeError('notice-refused', `${host} is a private address; workers send there only with ${allowedBy}=allow`)

/**
 * @param allowedBy the setting that would allow it
 * @throws NoticeError for a host that is written as a private address: nothing looks that up
 */
export function refusePrivateHost(hostname: string, allowedBy: string): void {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw refusal(host, allowedBy)
}

/**
 * The lookup of the connection itself: what it answers is what is connected to, so a name that led elsewhere a moment ago
 * gains nothing. A name with one private address is refused as a whole.
 */
export const publicLookup =
  (allowedBy: string): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '')
      if (addresses.some(({ address }) => !isPublicAddress(address))) return callback(refusal(hostname, allowedBy), '')
      const [first] = addresses
      if (options.all) return callback(null, addresses)
      if (first) return callback(null, first.address, first.family)
      return callback(new Error(`${hostname} has no address`), '')
    })
  }
