/** The tags that runs give, as people call them. */
const labels: Readonly<Record<string, string>> = {
  email: 'Email',
  phone: 'Phone number',
  person_name: 'Name of a person',
  address: 'Postal address',
  ssn: 'US social security number',
  national_id: 'National identity number',
  credit_card: 'Payment card',
  iban: 'IBAN',
  bank_account: 'Bank account',
  passport: 'Passport number',
  drivers_license: 'Driving licence',
  dob: 'Date of birth',
  ip_address: 'IP address',
  mac_address: 'MAC address',
  geo: 'Position on earth',
  username: 'User name',
  credential: 'Secret',
  public: 'Public',
  internal: 'Internal',
  confidential: 'Confidential',
  restricted: 'Restricted',
  sales: 'Sales',
  finance: 'Finance',
  hr: 'Human resources',
  product: 'Product',
  marketing: 'Marketing',
  support: 'Support',
  operations: 'Operations',
  it: 'IT',
  health: 'Health',
}

/** A tag as a person reads it; one that an organization made up is shown as it was written. */
export const tagLabel = (tag: string): string => labels[tag] ?? tag

/** The tags that can be expected without any rule of an organization. */
export const knownTags: readonly string[] = Object.keys(labels)
