/**
 * Manifests: tables (CSV or Parquet) of images with their category, part, label and masks, for data
 * sets in any arrangement of files.
 */
package io.nightjar.dataset.manifest;
