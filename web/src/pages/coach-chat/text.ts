import { texts } from "@/lib/text";

export const { own, t, many } = texts({
  "chat.title": "Ask the coach",
  "chat.conversations": "Conversations",
  "chat.new": "New conversation",
  "chat.remove": "Remove conversation",
  "chat.removed": "Conversation removed",
  "chat.messages": "Messages",
  "chat.you": "You",
  "chat.coach": "Coach",
  "chat.question": "Your question",
  "chat.example": "How did my last week compare with the plan?",
  "chat.send": "Ask",
  "chat.stop": "Stop",
  "chat.thinking": "Thinking …",
  "chat.tool": "Looked up: {tool}",
  "chat.tool_failed": "Looked up, without an answer: {tool}",
  "chat.interrupted": "The answer broke off here. What you see was checked.",
  "chat.proposal": "A new version of the plan waits for your approval",
  "chat.see_call": "What was sent",
  "chat.none": "Ask about your training",
  "chat.none_hint":
    "Answers come from your own data, and every number is put in by Homestretch. Proposals for the plan wait for your approval.",
  "chat.off":
    "No language model is connected. Questions are answered with a search of your pages and activities; a model, also one on your own computer, makes whole answers of them.",
  "chat.off_admin": "Connect a model",
  "chat.spent": "{tokens} tokens today",
  "chat.spent_of": "{tokens} of {limit} tokens today",
});
