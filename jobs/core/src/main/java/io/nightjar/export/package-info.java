/**
 * A stored bank with its network as one portable ONNX file of standard operators: the exact resize
 * of images, the network, the reduction, the search, the map, the scores and the decision, and the
 * card that says what the file is.
 */
package io.nightjar.export;
