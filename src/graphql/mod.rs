//! GraphQL types and resolvers over the façade.
