/** The `producer` of events that do not name one. */
export const gatewayVersion = 'headwater-gateway/0.1.0'
