/** Before the name of a scheme: how many values pass it, extrapolated from those that were tried. */
export const schemePrefix = 'scheme:'
/** Before a masked form: how many values have it. */
export const formPrefix = 'form:'
