package io.sluice.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS on connections to wherever it may be, in which the other side must prove that it has a name.
 */
final class NamedSockets extends SSLSocketFactory {
  private final SSLSocketFactory sockets;
  private final String name;

  NamedSockets(SSLSocketFactory sockets, String name) {
    this.sockets = sockets;
    this.name = name;
  }

  @Override
  public Socket createSocket(Socket connected, String host, int port, boolean closesIt)
      throws IOException {
    var socket = (SSLSocket) sockets.createSocket(connected, name, port, closesIt);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw onlyOnConnections();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
    throw onlyOnConnections();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw onlyOnConnections();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
    throw onlyOnConnections();
  }

  private static UnsupportedOperationException onlyOnConnections() {
    return new UnsupportedOperationException("it connects nothing itself");
  }
}
