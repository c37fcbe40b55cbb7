/**
 * The renderer of the demo images: shapes, colours, light, noise and a camera, deterministic on
 * every machine.
 */
package io.nightjar.dataset.demo.canvas;
