// Without validatorUrl: null, the page would send the description to a validator elsewhere.
window.SwaggerUIBundle({
  url: "api/openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  docExpansion: "none",
  validatorUrl: null,
});
