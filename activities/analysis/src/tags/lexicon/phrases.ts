import type { PiiKind } from '../kinds.ts'

const list = (text: string): string[] => text.split(',').map((phrase) => phrase.trim())

/**
 * What a name says, in canonical words (see `canonical-name.ts`), whatever their order: `number card credit` is a credit card
 * number too. `certain` phrases name the thing itself; `likely` ones need a table about people, or values that agree.
 */
export const phrases: Record<PiiKind, { certain: readonly string[]; likely: readonly string[] }> = {
  email: {
    certain: list(`email, e mail, e post, mail address, electronic mail, electronic address, email address, reply to`),
    likely: list(`mail, bcc`),
  },
  phone: {
    certain: list(`
      phone, phone number, mobile number, mobile phone, landline, msisdn, fax, fax number, whatsapp, contact number,
      calling number, called number, callback number, sms number`),
    likely: list(`mobile, handset, pager, caller, callee`),
  },
  person_name: {
    certain: list(`
      first name, last name, f name, l name, m name, sur name, social name, middle name, full name, given name, family name, surname, maiden name, birth name,
      legal name, preferred name, nick name, second name, middle initial, middle initials, account holder,
      card holder, cardholder, holder name, next kin, known as, spouse, first last, last first, beneficiary name,
      guardian, kana name, kanji name, name kana, emergency contact, mother name, father name, signatory,
      passenger name, payee name, ship to name, bill to name, sold to name, name on card, printed name`),
    likely: list(`
      name, first, last, middle, maiden, display name, contact, alias, initials, father, mother,
      salutation name, manager, author, beneficiary, payee, attention, assignee, reporter, doctor, physician,
      author name, holder`),
  },
  address: {
    certain: list(`
      street, street address, physical address, po box, ship to address, bill to address, mail address line, home address, postal address, mailing address, billing address, shipping address,
      ship address, delivery address, residential address, residence, address line, address1, address2, line1,
      street name, street line, house number, work address, permanent address, address text, current address,
      mailing street, other street, street number, address street, full address, domicile, home street`),
    likely: list(`
      address, postal code, birthplace, birth place, mailing, postal, suite number, apartment, house name,
      building number, landmark, locality, mail code`),
  },
  ssn: { certain: list(`ssn, social security, social security number, ss number, itin`), likely: [] },
  national_id: {
    certain: list(`
      national id, id national, my number, national identification number, national identity number, national insurance,
      ni number, national insurance number, insurance number social, sin number, social insurance number,
      tax file number, tax id, tax number, tax code, taxpayer id, taxpayer identification, tin number,
      identity number, identity card, identity document, id card, id card number, citizen id, personal id number,
      personal number, personal identification number, document national, civil id, nhs number, medicare number,
      resident registration number, tax identification number, number identification tax, person number, ine,
      government id, government id number, id document, id document number, voter id, health card, health card number, citizen card, citizen number, national identifier, identity card number,  resident number, social number, national number, number national, national register, rg number`),
    likely: list(`
      sin, tfn, tin, pri, ni, rrn, id number, identification number, document number, nhs, pan number, rg`),
  },
  credit_card: {
    certain: list(`
      credit card, credit card number, card number, card pan, cc number, ccn, debit card, debit card number,
      payment card, primary account number, pan number card, bank card, card account number`),
    likely: list(`pan, cc`),
  },
  iban: { certain: list(`iban, iban number, international bank account number`), likely: [] },
  bank_account: {
    certain: list(`
      bank account, bank account number, account number, routing number, debit account, credit account, sort code,
      aba number, clearing number, checking account, savings account, beneficiary account, payout account, account bank,
      current account, bban, ach account, deposit account, bank number`),
    likely: list(`account code, swift code, bic, payee account, routing`),
  },
  passport: { certain: list(`passport, passport number, travel document, travel document number`), likely: [] },
  drivers_license: {
    certain: list(
      `driver license, driver card, patente driver, driver license number, license number, driver permit, license driver`,
    ),
    likely: list(`license, permit number, patente number, patente, driver`),
  },
  dob: {
    certain: list(`
      dob, d o b, birth date, date birth, birthday, birth day, birth year, birth, born on, born date, born at, year birth,
      day birth, birth month`),
    likely: list(`born`),
  },
  ip_address: {
    certain: list(`
      ip, ip address, remote address, client ip, remote ip, ipaddress, ipv4, ipv6, x forwarded for, remote host address, ip v4,
      ip v6, inet address`),
    likely: list(`forwarded for, source address, client address, host address, inet`),
  },
  mac_address: {
    certain: list(`mac, mac address, hardware address, bssid, ethernet address, wifi mac`),
    likely: [],
  },
  geo: {
    certain: list(`
      latitude, longitude, long degrees, latitude long, latitude longitude, geolocation, geo location, gps, coordinates, geo point,
      gps position, geopoint, geo coordinate, latlng, latlong, latlon, gps coordinates, geom point`),
    likely: list(
      `long, location, known location, geo, position, geom, geometry, geography, coordinate, spatial location`,
    ),
  },
  username: {
    certain: list(`
      username, user name, nickname, portal login, sso login, network login, domain login, windows login, github login, auth user, ad account, gamer tag, gamertag, network id, login id, login name, user login, user handle, screen name, twitter handle, account username, login,
      instagram handle, netid, sam account name, nick, skype, telegram, github handle, twitter, discord`),
    likely: list(`handle, user, screenname, alias, instagram, signin name`),
  },
  credential: {
    certain: list(`
      password, user pass, secret, api key, secret key, private key, access key, access token, refresh token, auth token,
      bearer token, api token, session token, reset token, totp, otp, otp code, otp secret, client secret, cvv, cvv2,
      cvc, card verification, verification value, security code, pin code, pin number, security answer,
      secret answer, encryption key, signing key, ssh key, recovery code, backup code, puk, puk code, webhook secret,
      connection string, mfa seed, mfa secret, remember token, jwt, credential, private pem, oauth token,
      password hash, hash password, password salt, hashed password, encrypted password, password digest,
      security stamp, device token, login token, auth key, apikey, id token, security question answer`),
    likely: list(`token, pin, salt, dsn, auth, session key`),
  },
}
