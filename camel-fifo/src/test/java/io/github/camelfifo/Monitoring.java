package io.github.camelfifo;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;

/** Where tests look as an operator does: the MBeans of endpoints, and the dev console of a context. */
final class Monitoring {

    private Monitoring() {}

    static DevConsole devConsole(CamelContext context) {
        return context.getCamelContextExtension()
                .getContextPlugin(DevConsoleRegistry.class)
                .resolveById("fifo");
    }

    static MBeanServer server(CamelContext context) {
        return context.getManagementStrategy().getManagementAgent().getMBeanServer();
    }

    static ObjectName objectName(FifoEndpoint endpoint) throws JMException {
        return endpoint.getCamelContext()
                .getManagementStrategy()
                .getManagementObjectNameStrategy()
                .getObjectNameForEndpoint(endpoint);
    }

    static Object attribute(FifoEndpoint endpoint, String name) throws JMException {
        return server(endpoint.getCamelContext()).getAttribute(objectName(endpoint), name);
    }
}
