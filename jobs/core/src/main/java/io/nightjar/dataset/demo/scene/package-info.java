/** The fifteen categories of the demo data set, one class each, drawn on a canvas. */
package io.nightjar.dataset.demo.scene;
