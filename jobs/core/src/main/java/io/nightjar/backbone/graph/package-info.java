/**
 * The network as an ONNX graph, with batch norm folded into the convolutions, built from a
 * specification and weights; also the layout of the embeddings that it puts out.
 */
package io.nightjar.backbone.graph;
