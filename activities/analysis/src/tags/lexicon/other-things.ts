import { listWords } from './words.ts'

/** Words of names that say what the values are, when it is nothing personal: their values are judged with that in mind. */
export const otherThings: ReadonlySet<string> = new Set(
  listWords(`version release build sku isbn ean upc gtin barcode order invoice tracking reference ref serial model product item
    part title brand manufacturer company organization organisation business vendor supplier bank branch class file folder path
    city country state region province county continent place market product category genre species wine beer hurricane storm ship vessel
    team league club song track album artist band film movie book series game show episode character color colour currency
    price amount total cost quantity qty score rating rank index count code sequence seq batch lot shipment parcel po
    campaign event channel department division subject topic tag label status type kind level language industry sector
    station store shop hotel restaurant airport school university job position description comment note
    notes summary feature method function module package service server host domain website url checksum hash revision
    transaction receipt quote ticket case sales merchant facility plan policy procedure diagnosis drug`),
)

/** Words that say nothing of what the values are; so do single letters and numbers. */
const emptyWords = new Set(
  listWords(`col column field fld value val data date attr attribute attrs extra misc udf custom string text raw info input
    unnamed unknown var variable key prop property payload content cell element blob json body details param
    arg str int char varchar number num feature dim x y z f k v c d u other tmp temp test foo bar`),
)

export const saysNothing = (words: readonly string[]): boolean =>
  words.every((word) => word.length <= 2 || /\d/.test(word) || emptyWords.has(word))
