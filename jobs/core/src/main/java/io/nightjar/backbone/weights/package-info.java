/**
 * Weight files: safetensors and torch state dicts, read without executing code, downloads by
 * published name, seeded random weights, and the check that weights fit an architecture.
 */
package io.nightjar.backbone.weights;
