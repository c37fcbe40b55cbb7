/** The defects of the demo images and the masks of the pixels that they change. */
package io.nightjar.dataset.demo.flaw;
