import type { PiiKind } from '../kinds.ts'
import { listWords } from './words.ts'

/** Words that make of a thing a fact about it: an email's count, type or time is no email. */
export const aboutEndings: ReadonlySet<string> = new Set(
  listWords(`
    id ids uuid guid key count counts cnt total at on time timestamp datetime type types kind flag flags verified confirmed
    validated valid status state length len size md5 sha1 sha256 checksum version sent opened clicked bounced required
    enabled allowed check format index idx rank score source provider preference preferences optin optout subject body
    template category role tier level limit expiry expires expiration month attempts changed reset usage used
    week url uri link app apps installs sessions session seconds minutes ms carrier country language lang hint question company
    model brand make vendor os platform supported policy strength age days  duration domain domains host
    label labels tag tags color class reason method mode notification notifications settings setting visible hidden
     order sort ratio rate percent pct avg sum min max amount price cost fee balance currency
    created updated deleted modified by issuer network scheme funding last4 parts area zone timezone tz extension ext prefix
    suffix match matched pattern regex rule rules config field column campaign list lists group groups
    consent accepted subscribed unsubscribed opt  queue job event events action result quality confidence risk
    file image photo avatar logo icon attachment  priority period frequency interval year quarter 
    updated_at width height weight offset  tokens vault provider_id ready blocked
    banned locked active disabled present missing exists available changes requests request failures errors error accuracy precision altitude radius approval authorization place town book audience plan sku ver qty quantity barcode isbn retry retries ttl masking compatible cover hash algorithm algo plate seats fingerprint blocklist`),
)

/** Verbs and quantities in front that make a question or a number of what follows. */
export const aboutBeginnings: ReadonlySet<string> = new Set(
  listWords(`is has was can should must allow allows allowed num n nb count days total avg min max sum needs
    requires require show hide enable enabled disable send sent use uses supports supported accepts pct percent failed
    verified unverified validate verify confirmed unique distinct missing invalid valid est ist hat es ha place`),
)

/** Endings that belong to some things: a birth *date* is the date of birth, the last four digits are of the number. */
export const ownEndings: Partial<Record<PiiKind, ReadonlySet<string>>> = {
  email: new Set(['list', 'text', 'lists', 'hash']),
  phone: new Set(['extension', 'ext', 'hash']),
  dob: new Set(['date', 'on', 'day', 'year', 'at', 'month', 'timestamp', 'time']),
  credential: new Set(['key', 'hash', 'seed', 'tokens', 'text', 'session', 'id', 'app', 'fingerprint']),
  ssn: new Set(['last4', 'id', 'hash']),
  national_id: new Set(['id', 'document', 'hash']),
  address: new Set(['place', 'text', 'suffix', 'prefix']),
  geo: new Set(['lat', 'position']),
  person_name: new Set(['suffix', 'prefix', 'text', 'holder', 'usage']),
  username: new Set(['id']),
  ip_address: new Set(['host', 'address']),
}
for (const kind of ['credit_card', 'bank_account', 'passport', 'drivers_license', 'iban'] as const)
  ownEndings[kind] = new Set(['number', 'last4', 'document', 'hash'])

/** Cards that pay for nothing, by the word that stands beside `card number`. */
export const otherCards: ReadonlySet<string> = new Set(
  listWords(`loyalty gift library sim member membership tacho tachograph fuel id identity health insurance business punch access
    badge key bonus store transit travel student report time score game graphics network memory sd residence vaccination
    ration rail club staff employee visitor trading post index video sound`),
)

/** Whose `name`, `address` or `phone` it is, when the column does not say it itself. */
export const people: ReadonlySet<string> = new Set(
  listWords(`
    customer user person people patient employee staff member contact lead student teacher actor driver manager
    passenger guest subscriber resident citizen applicant candidate author borrower tenant buyer seller doctor physician
    recipient individual worker stammdaten personal hr holder beneficiary client partner agent rep representative owner
    insured policyholder cardholder billing shipping sender payer payee spouse child parent guardian mother father
    players player athlete director supervisor assistant participant attendee signer donor volunteer visitor personnel
    adult minor witness shipto billto detail bill ship consignee emergency kin husband wife salesperson clerk crew artist
    instructor nurse caller victim lessee lessor guarantor claimant lecturer narrator reviewer preparer inspector surveyor approver requestor receiver trainer trainee coach speaker organizer organiser editor composer designer creator cashier operator technician consultant advisor adviser broker auditor attorney lawyer judge plaintiff defendant accountant officer captain pilot teller mentor mentee pupil apprentice intern freelancer investor shareholder debtor founder chairman president secretary treasurer principal dean professor tutor coordinator foreman therapist dentist surgeon practitioner clinician caregiver dependent dependant decedent executor notary landlord neighbour reader follower friend sibling brother sister son daughter applicant adjuster requester membership persona`),
)
