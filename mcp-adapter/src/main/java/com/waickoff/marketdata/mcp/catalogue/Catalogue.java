package com.waickoff.marketdata.mcp.catalogue;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.tool.Tool;
import java.util.List;

/**
 * Everything a client can ask of this server. All lists are in the order in which they are listed to
 * clients, which never changes: clients cache by it.
 *
 * <p>Threads: any.
 *
 * @param instructions for the model, at most 120 words
 * @param completions what completes arguments of the prompts and variables of the templates
 */
public record Catalogue(String instructions, List<Tool> tools, List<Resource> resources,
        List<ResourceTemplate> templates, List<Prompt> prompts, Completions completions) {
    /** The lists are copied. */
    public Catalogue {
        tools = List.copyOf(tools);
        resources = List.copyOf(resources);
        templates = List.copyOf(templates);
        prompts = List.copyOf(prompts);
    }

    /**
     * What is behind a URI: a resource of this name, or else the template that it fits.
     *
     * @throws ToolFailure {@link ErrorCode#UNKNOWN_RESOURCE} if nothing is, saying what there is
     */
    public ReadableContent find(String uri) throws ToolFailure {
        for (Resource resource : resources) {
            if (resource.uri().equals(uri)) {
                return resource;
            }
        }
        for (ResourceTemplate template : templates) {
            if (template.fits(uri)) {
                return template;
            }
        }
        throw new ToolFailure(ErrorCode.UNKNOWN_RESOURCE, "there is no resource "
                + ToolFailure.quoted(uri) + ". resources/list and resources/templates/list name"
                + " those there are.");
    }
}
