import { z } from 'zod'
import { zServerAddress } from '../server-address.ts'

/** How the connection proves who it is. `application-default`: as the worker itself does, by what it finds around it. */
export const authenticators = ['service-account-key', 'application-default', 'workload-identity'] as const
export type Authenticator = (typeof authenticators)[number]

const forAuthenticator = (...is: Authenticator[]) => ({ when: { setting: 'authenticator', is } })
const limits = { fold: 'Limits and address…' }
const gibibyte = 1024 ** 3

/** As Google Cloud allows, with the domain that old projects have before them: `example.com:my-project`. */
const zProject = z
  .string()
  .trim()
  .max(255)
  .regex(
    /^([a-z0-9.-]+:)?[a-z0-9][a-z0-9-]*$/,
    'must be the id of a project, as my-project-123, not its name or number',
  )

export const zBigQuerySettings = z.strictObject({
  project: zProject.meta({
    title: 'Project',
    description: 'Whose datasets are looked at',
    placeholder: 'my-project, or paste the address of the console',
    input: 'address',
    row: 'project',
  }),
  billingProject: zProject.nullish().meta({
    title: 'Project that pays',
    description: 'Where queries run, when it is another one',
    placeholder: 'The same',
    row: 'project',
  }),
  location: z
    .string()
    .trim()
    .max(64)
    .regex(/^[a-zA-Z][a-zA-Z0-9-]*$/, 'must be a location, as EU or europe-west3')
    .nullish()
    .meta({
      title: 'Location',
      description: 'Only datasets that lie there are looked at; all of them when left out',
      placeholder: 'EU, US, europe-west3, …',
    }),
  authenticator: z.enum(authenticators).default('service-account-key').meta({ title: 'Signs in with' }),
  impersonate: z
    .string()
    .trim()
    .max(255)
    .regex(/^[\w.-]+@[\w.-]+$/, 'must be the e-mail address of a service account')
    .nullish()
    .meta({
      title: 'Acts as',
      description: 'Another service account, whose rights are used in place of the own',
      placeholder: 'plumbline@my-project.iam.gserviceaccount.com',
    }),
  url: zServerAddress.nullish().meta({
    ...limits,
    title: 'Address',
    description: 'Only where it is not that of everybody, as with Private Service Connect',
    placeholder: 'https://bigquery-mine.p.googleapis.com',
  }),
  maxBytesBilled: z
    .int()
    .min(10 * 1024 ** 2)
    .max(1024 * 1024 ** 3)
    .default(10 * gibibyte)
    .meta({
      ...limits,
      title: 'Bytes billed a query',
      description: 'A query that would read more is not run',
    }),
})
export type BigQuerySettings = z.output<typeof zBigQuerySettings>

const secret = (title: string, description: string, ...is: Authenticator[]) => ({
  title,
  description,
  placeholder: '{ "type": …, or env:NAME, file:PATH',
  input: 'pem' as const,
  ...forAuthenticator(...is),
})

export const zBigQueryCredentials = z.strictObject({
  serviceAccountKey: z
    .string()
    .max(16_384)
    .optional()
    .meta(secret('Service account key', 'The JSON of the key, or where it lies', 'service-account-key')),
  workloadIdentity: z
    .string()
    .max(16_384)
    .optional()
    .meta(
      secret(
        'Configuration of the workload identity',
        'The JSON that gcloud iam workload-identity-pools create-cred-config writes, or where it lies',
        'workload-identity',
      ),
    ),
})

/** What each way to sign in cannot do without; nothing where the worker has it. */
export const neededCredentials: Record<Authenticator, keyof z.output<typeof zBigQueryCredentials> | null> = {
  'service-account-key': 'serviceAccountKey',
  'application-default': null,
  'workload-identity': 'workloadIdentity',
}

export const isAuthenticator = (value: unknown): value is Authenticator => authenticators.some((one) => one === value)
