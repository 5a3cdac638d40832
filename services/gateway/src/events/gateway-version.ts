/** What made the events that say no producer. */
export const gatewayVersion = 'headwater-gateway/0.1.0'
