/**
 * A small synthetic data set in MVTec AD's layout: fifteen categories with defects and exact masks,
 * so that Nightjar can be tried without data. Used by the command {@code demo}, tests and
 * benchmarks.
 */
package io.nightjar.dataset.demo;
