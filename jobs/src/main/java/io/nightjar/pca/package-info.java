/**
 * Principal components of patches by explained variance: covariances accumulated block by block,
 * combined in a fixed order, and solved away from the driver.
 */
package io.nightjar.pca;
