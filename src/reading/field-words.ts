// The words by which a field is told when no archive category says it. Weights by eye over real front pages: 3 names the
// field, 2 belongs to it, 1 leans to it. Compared in lower case, hyphens as blanks, with and without a plural s.
import type { FieldName } from "./field.ts";

export const fieldWords: Record<FieldName, Record<1 | 2 | 3, string>> = {
  Language: {
    3: "natural language processing; machine translation; low resource language; linguistic; multilingual; tokenizer; tokenization; dialogue; summarization; sentiment; language understanding; code switched; text classification; diffusion language model; byte level language model; named entity; knowledge editing; cross lingual; grammar; text generation",
    2: "language model; large language model; llm; llms; instruction following; chain of thought; long context; hallucination; in context learning; question answering; prompt; translation; bleu; perplexity; language; corpus; mathematical reasoning; math; dialect; text; decoding; factuality; persona; red teaming; jailbreak; writing; code generation; context window; kv cache; speculative decoding",
    1: "reasoning; token; transformer; benchmark; conversation; evaluation; attention; post training; annotation; bert; gpt; qwen",
  },
  Vision: {
    3: "computer vision; image generation; video generation; text to image; text to video; image editing; video editing; gaussian splatting; novel view synthesis; semantic segmentation; object detection; 3d generation; image to 3d; 3d reconstruction; deepfake; visual question answering; point cloud; super resolution; visual encoder; visual encoding; video understanding; video reasoning; visual generation; pose estimation; depth estimation; image restoration; video diffusion; image classification; optical flow; rendering; style transfer; avatar; talking head; document parsing; visual tokenizer; contact estimation; layout",
    2: "image; video; visual; vision; pixel; camera; 3d; 4d; scene; multimodal large language model; mllm; vision language model; vlm; multimodal reasoning; segmentation; diffusion transformer; mesh; photorealistic; ocr; texture; face; facial; motion generation; human motion; spatial reasoning; vit; frame; vision language; multimodal; omnimodal; geometry; animation",
    1: "diffusion; spatial; perception; spatiotemporal; generative model; flow matching; object; view; shape; autoencoder; appearance; rectified flow",
  },
  Agents: {
    3: "multi agent; agentic; llm agent; web agent; gui agent; computer use; mobile agent; agent; agent skill; tool use; tool calling; deep research; coding agent; search agent; agent memory; self evolving agent; swe bench; autonomous agent; meta agent; ai scientist; agent harness; mcp; model context protocol",
    2: "tool; workflow; orchestration; skill; planner; software engineering; gui; browser; procedural memory; trajectory; agentic reinforcement learning; research automation; sandbox; terminal; simulated user; personal assistant; function calling; openclaw",
    1: "memory; planning; environment; long horizon; interaction; autonomous; self evolution; task completion; assistant; execution trace",
  },
  Robots: {
    3: "robot; robotic; robotics; embodied; vision language action; vla; humanoid; manipulation; locomotion; grasping; dexterous; autonomous driving; teleoperation; end effector; quadruped; navigation policy; visual navigation; imitation learning; embodied navigation; drone; uav; robotic manipulation",
    2: "action chunk; behavior cloning; sim to real; real world robot; driving; gripper; tactile; actuator; motion planning; vehicle; egocentric; kinematic; diffusion policy; world action model",
    1: "action; navigation; world model; control; simulator; policy learning; physical; demonstration",
  },
  "Speech and audio": {
    3: "speech; speech recognition; text to speech; tts; asr; speaker; audio; audio generation; music; music generation; singing; voice; voice cloning; sound; speech enhancement; spoken; audio language model; vocoder; audio visual; codec; phoneme; speech synthesis; piano; song",
    2: "acoustic; spectrogram; prosody; full duplex; waveform; mel; wav2vec; whisper; podcast; listening; melody; sound effect; vocal; speech to speech; pronunciation",
    1: "streaming; duration; hearing",
  },
  Learning: {
    3: "optimizer; muon; model merging; continual learning; federated learning; representation learning; self supervised learning; catastrophic forgetting; scaling law; mixture of expert; policy gradient; meta learning; knowledge distillation; offline reinforcement learning; contrastive learning; unlearning; transfer learning; active learning; hyperparameter; loss landscape; weight decay; graph neural network; time series; tabular; neural network; interpretability; sparse autoencoder; mechanistic interpretability; joint embedding predictive; jepa; state space model; domain adaptation; anomaly detection; machine learning; bayesian optimization",
    2: "reinforcement learning; rlvr; grpo; ppo; dpo; on policy distillation; self distillation; fine tuning; finetuning; distillation; reward model; reward modeling; pretraining; pre training; post training; lora; pruning; self play; preference optimization; policy optimization; moe; training dynamic; optimization; gradient; reward hacking; learning rate; batch size; overfitting; curriculum; generalization; regularization; test time training; looped; rl; continual",
    1: "training; reward; verifier; exploration; student; teacher; sampling; architecture; latent; supervision; adaptation; merging",
  },
  Retrieval: {
    3: "information retrieval; retrieval augmented; rag; dense retrieval; reranking; reranker; recommender; recommendation; recommender system; passage retrieval; document retrieval; retriever; text embedding; embedding model; search engine; web search; click through rate; sequential recommendation; vector search; nearest neighbor search; late interaction; query expansion; generative retrieval; multimodal retrieval; knowledge graph",
    2: "retrieval; query; ranking; search; graphrag; user behavior; bm25; index; vector database; citation; knowledge base; semantic id; beir; deep search",
    1: "document; relevance; embedding; evidence; corpus; item",
  },
  Systems: {
    3: "gpu kernel; cuda; triton; compute kernel; kernel generation; kernel search; inference serving; llm serving; inference engine; compiler; hardware; accelerator; distributed training; operating system; speculative decoding; throughput; fpga; parallelism; memory bandwidth; roofline; edge device; end side device; database system; sql; networking; kernel optimization; pipeline parallel; quantization; sparse attention",
    2: "kv cache; latency; serving; kernel; gpu; inference acceleration; speedup; memory footprint; on device; low bit; int8; fp8; fp4; nvfp4; scheduling; asynchronous; cache; vllm; runtime; flop; inference cost; tensor core; cpu; efficient attention; offloading; end to end speedup",
    1: "efficiency; overhead; deployment; efficient; bandwidth; compression; cost; sparse",
  },
  Theory: {
    3: "theorem; minimax; lower bound; upper bound; sample complexity; convergence rate; regret bound; provably; np hard; asymptotic; generalization bound; optimal transport; pac bayes; polynomial time; computational complexity; information theoretic; formal verification; theoretical analysis; statistical learning theory; identifiability; kernel method; combinatorial",
    2: "prove; proof; bound; convergence; theoretical; theory; stochastic; conjecture; lemma; lean; convex; manifold; closed form; guarantee; necessary and sufficient; entropy; game theoretic; equilibrium",
    1: "hypothesis; formal; estimator; distribution; optimality; kernel; probability; gaussian",
  },
  Science: {
    3: "protein; molecule; molecular; drug discovery; drug; biology; biological; biomolecular; biomedical; chemistry; chemical; material science; physics simulation; climate; weather; genomic; genome; dna; rna; single cell; medical; clinical; radiology; pathology; mri; ct scan; ecg; eeg; fmri; neuroscience; astronomy; quantum; partial differential equation; pde; fluid dynamic; crystal; healthcare; patient; binder; rigid body; remote sensing; earth observation; satellite; geospatial; diagnosis; surgical; electronic health record; ecology; agriculture; cancer; physical dynamic; tumor",
    2: "physic; scientific; disease; doctor; health; brain; neural activity; simulation; economic; social science; hospital; finance; financial; law; legal; education; particle; seismic; energy; forecasting; neuroscientific",
    1: "scientist; experiment; scientific discovery; measurement; domain expert; lab",
  },
};
