/**
 * What is embedded and how: the ResNet architectures with their convolutions, and the stages, image
 * size, grid and precision of an embedding. Everything that loads or runs a network takes its
 * description from here.
 *
 * @serial exclude
 */
package io.nightjar.backbone.spec;
