/** How notices leave the installation; the worker's environment says it. */
export interface AlertSettings {
  /** Whether webhooks may lead to loopback and private networks. */
  privateAddresses: boolean
  /** Of the web page, for links; without a slash at its end. */
  publicUrl: string | undefined
  /** Without it email channels cannot deliver. */
  mail: { smtpUrl: string; from: string } | undefined
}
