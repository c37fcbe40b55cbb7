/**
 * ResNet trunks: from weight files to an ONNX graph, from pictures to patch embeddings, with one
 * loaded model per executor process and device.
 */
package io.nightjar.backbone;
